/**
 * The tables of the documents: which cells they have, how a cell is measured and kept, and the page that shows them. A
 * figure gets onto the page from a cell's file and in no other way.
 */
package io.github.medgs.evaluation.tables;
