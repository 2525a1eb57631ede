/**
 * The only door to the native OpenCL API.
 *
 * <p>Owns: platforms, devices, contexts, queues, programs and their cache on disk, buffers, events, and the names of OpenCL's
 * errors. Each native handle has one owner that releases it in {@code close}.
 *
 * <p>Does not own: what a kernel computes, which device is chosen, how long a batch is.
 */
package filon.mining.opencl;
