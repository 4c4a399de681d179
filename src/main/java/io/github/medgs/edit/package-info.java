/**
 * Edits of a trained model: a declarative list, replayed in order. What is selected is a region of the patient; what is
 * done to it moves, repaints or removes the Gaussians that lie in it, and the result is an ordinary model.
 */
package io.github.medgs.edit;
