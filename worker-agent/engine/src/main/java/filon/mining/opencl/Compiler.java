package filon.mining.opencl;

/** Who compiles for a device. Where one of these differs, a binary may differ too. */
record Compiler(String platformName, String platformVersion, String deviceName, String driverVersion) {}
