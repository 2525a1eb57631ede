/**
 * The encryption of Stratum V2: the handshake {@code Noise_NX_Secp256k1+EllSwift_ChaChaPoly_SHA256} of both sides, the certificate that
 * names a pool's server, and the frames after it.
 *
 * <pre>
 *   initiator                                               responder
 *      | -- act 1:  64 bytes, its ephemeral key ---------------> |
 *      | <- act 2: 234 bytes, ephemeral key, encrypted static    |
 *      |           key, encrypted certificate ------------------ |
 *      | checks the certificate against the authority's key      |
 *      | == frames: header (6 + 16 bytes), payload in chunks === |
 * </pre>
 *
 * <p>Owns: keys, ElligatorSwift (BIP 324), Schnorr signatures (BIP 340), ciphers, what is refused and why.
 *
 * <p>Does not own: sockets and deadlines (the session), what a frame means (stratum2.message).
 *
 * <p>Arithmetic on secrets takes times that depend on them a little. An ephemeral key serves one handshake, and a pool of ours is for
 * practice; an authority's key that is worth something is not to be used here on a machine that strangers can time.
 *
 * <p>Source: Stratum V2 specification, chapter 4 "Protocol Security" (2026-08).
 */
package filon.mining.pool.noise;
