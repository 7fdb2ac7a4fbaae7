/**
 * Who may supply what to whom (E6).
 */
package twostacks.exportcontrol;
