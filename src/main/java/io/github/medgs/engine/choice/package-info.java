/** Which engine a run gets, and why: the one place that knows them all. */
package io.github.medgs.engine.choice;
