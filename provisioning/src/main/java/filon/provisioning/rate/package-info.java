/**
 * Whether GPUs still hash as fast as their burn-in measured.
 *
 * <p>Owns: the rule that weakens a GPU, and what it remembers of slow ones. Does not own: the GPU's state (inventory), what was
 * measured (inventory), the burn-in that alone leads back (burnin).
 */
package filon.provisioning.rate;
