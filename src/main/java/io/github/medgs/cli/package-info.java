/**
 * The command line: what users type, what they see while they wait, and what they are told when something is wrong.
 * It knows every room; no room knows it.
 */
package io.github.medgs.cli;
