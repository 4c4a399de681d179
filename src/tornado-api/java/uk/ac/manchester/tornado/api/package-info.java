/**
 * Signatures of the part of TornadoVM's API that {@code io.github.medgs.engine.tornado} uses, and nothing behind them.
 *
 * <p>Not every Maven mirror carries {@code io.github.beehive-lab:tornado-api}, and the default build must pass without
 * it; yet the one jar must drive a device when it is run under the tornado launcher, where the real classes are on the
 * module path. So these are compiled against and never packaged, and are on no class path at run time or in tests: a
 * class of ours that is loaded without the launcher finds no TornadoVM at all, as it should. Every body throws.
 *
 * <p>Where TORNADOVM_HOME is set a test compares every signature here with the real class; the build compiles against
 * these all the same, so that there is one jar for TornadoVM 5.2 and for the releases from 6.0 on. Should the artifact resolve everywhere one day, this folder is deleted and a
 * dependency takes its place.
 */
package uk.ac.manchester.tornado.api;
