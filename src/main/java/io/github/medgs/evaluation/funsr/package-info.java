/**
 * FUNSR: a signed distance that a neural network learns from the points of a surface, as a method of the sparse protocol
 * (Chen, Kumaralingam and others, Neural implicit surface reconstruction of freehand 3D ultrasound volume with geometric
 * constraints, arXiv 2401.05915). The network itself is {@code neural}'s, the loss of one place {@code kernel.PullingLoss}.
 */
package io.github.medgs.evaluation.funsr;
