package filon.billing.meter;

import filon.contracts.value.GpuId;

/**
 * The meter of one GPU under one lease: a point of a lattice, joined by union and maximum only.
 *
 * @param covered milliseconds in which the device hashed
 * @param windows milliseconds that shares prove, wherever they lie
 * @param hashes claimed, informational
 */
public record GpuReading(GpuId gpu, Intervals covered, Intervals windows, long hashes, long accepted, long rejected) {}
