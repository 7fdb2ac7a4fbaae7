/**
 * The parts of the documents that are made from the code. Reads the registries of parameters, outcomes, interventions and
 * scenarios; nothing else reads it but the test that holds the documents to it.
 */
package twostacks.docs;
