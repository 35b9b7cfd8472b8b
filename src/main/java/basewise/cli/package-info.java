/**
 * Words typed by a person become one call; the only place that ends the process. Floor 7. Read
 * {@link basewise.cli.Main} first.
 */
@NullMarked
package basewise.cli;

import org.jspecify.annotations.NullMarked;
