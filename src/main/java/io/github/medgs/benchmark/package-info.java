/** What a device takes for the work of this system, and what it could take: a report for one machine. */
package io.github.medgs.benchmark;
