/** Tests of the house itself: floors, doors, formatting, catalogues. */
package basewise.house;
