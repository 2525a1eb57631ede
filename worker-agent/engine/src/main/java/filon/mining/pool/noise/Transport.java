package filon.mining.pool.noise;

/** The ciphers after a handshake, one for each direction. */
record Transport(CipherState sending, CipherState receiving) {}
