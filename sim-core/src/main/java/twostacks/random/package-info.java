/** Keyed random draws. Depends on nothing of the project. */
package twostacks.random;
