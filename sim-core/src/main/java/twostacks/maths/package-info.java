/** Mathematics that gives the same bits everywhere. Depends on nothing of the project. */
package twostacks.maths;
