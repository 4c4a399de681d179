/**
 * Plain sequential loops round the kernels: the engine to read, to step through in a debugger, and to hold the others
 * to. It is slow on purpose: nothing here is done twice as clever as it needs to be.
 */
package io.github.medgs.engine.reference;
