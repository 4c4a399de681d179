/**
 * Many runs: a table or a BIDS folder of subjects, each learnt by itself into a folder of its own, and one table for the
 * group. All state is files: {@link io.github.medgs.cohort.SubjectFolder} says what they mean. Where subjects run
 * ({@link io.github.medgs.cohort.LocalExecution}, Spark, an array job) changes no byte of a result.
 */
package io.github.medgs.cohort;
