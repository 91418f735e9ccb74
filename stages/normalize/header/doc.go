// Package header reads what stands before a report's first sentence: what kind of document it
// is, at which meeting, when and by whom it was delivered, and which year it plans for.
//
// Input: an article and its segmented text. Output: a Header; what is not stated is left empty.
// Stray semicolons and spaces inside the lines (县;长;魏;栋) do not matter. The package does not
// find the region (package region) and reads no figures.
package header
