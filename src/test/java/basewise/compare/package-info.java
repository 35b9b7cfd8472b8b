/** Tests of motif comparison. */
package basewise.compare;
