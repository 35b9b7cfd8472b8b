/**
 * Filters become motifs: sites are counted, refined, merged, and judged on sequences that took no
 * part in any of it. Floor 5. Read {@link basewise.discovery.Discovery} first.
 */
@NullMarked
package basewise.discovery;

import org.jspecify.annotations.NullMarked;
