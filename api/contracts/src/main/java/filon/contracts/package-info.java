/**
 * The published language of the platform: values, messages, topics, problem codes, address rules.
 *
 * <p>Pure Java and Jackson annotations; depends on nothing of ours. Everything that crosses a process boundary has its
 * shape here and a golden JSON sample under {@code src/test/resources/samples}; a merged sample is never edited.
 */
package filon.contracts;
