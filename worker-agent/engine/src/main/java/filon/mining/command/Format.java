package filon.mining.command;

/** How a measurement is printed. */
enum Format {
    TEXT,
    JSON,
    /** One row of a table; {@link Measurement#MARKDOWN_HEAD} stands above the first. */
    MARKDOWN
}
