/**
 * A small neural network from places to one number: fully connected layers that are linear in pieces, their gradients, and
 * the derivative of a loss on the network's own gradient, which signed distances are learnt by. Layers are matrix products
 * over blocks of a batch that threads share; the products are {@code neural.vector}'s, on the Vector API, or plain Java's,
 * with the same bits. What is learnt with it stands elsewhere: {@code evaluation.funsr}.
 */
package io.github.medgs.neural;
