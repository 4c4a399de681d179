/** What TornadoVM can compile for: its devices, and the failure of one. */
package io.github.medgs.engine.tornado.device;
