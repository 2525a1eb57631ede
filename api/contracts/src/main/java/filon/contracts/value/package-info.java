/**
 * The glossary: values with their units, used by every module under the same names.
 *
 * <p>Owns: money, rates, ids, pool addresses, the names of algorithms. Does not own: anything that happens (see
 * {@link filon.contracts.message}) or any storage or wire format beyond the JSON shape of a value.
 */
package filon.contracts.value;
