/** Of TornadoVM's arrays outside the heap the one that is used here; see {@code uk.ac.manchester.tornado.api}. */
package uk.ac.manchester.tornado.api.types.arrays;
