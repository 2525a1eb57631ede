package filon.mining.command;

/**
 * How a session tells what it does.
 *
 * @param httpPort below zero: no server
 * @param isJson a line of figures instead of text
 * @param isQuiet no status lines
 */
record SessionOptions(int httpPort, Terminal terminal, boolean isJson, boolean isQuiet) {}
