/**
 * Results for eyes and for other tools: logos, the HTML report, tables and the run record. Floor 6.
 * Read {@link basewise.report.DiscoveryReport} first, then {@link basewise.report.HtmlReport}.
 */
@NullMarked
package basewise.report;

import org.jspecify.annotations.NullMarked;
