/** Tests of the command line. */
package basewise.cli;
