/**
 * The page of {@code medgs view}: a server on the loopback address, what it shows, and a look at a run while it trains.
 * Engine, training and the rest know nothing of this room.
 *
 * <p>{@link io.github.medgs.view.Scene} is what one page shows, {@link io.github.medgs.view.ViewServer} serves it. All
 * files are found when the scene is opened: no request names one. The page itself lies in the resources beside this
 * package, as plain ES modules.
 */
package io.github.medgs.view;
