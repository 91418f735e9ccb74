// Package region finds the division that a document reports on.
//
// Input: a document's title, listing tag, source, opening lines, text and report year. Output:
// the division of the GB/T 2260 history (schemas/refdata) in force in that year, with the reason,
// or the candidates when the evidence does not decide.
//
// What the text says of itself (在闻喜县第十七届人民代表大会…, 我代表市人民政府) outweighs the title that
// it was filed under, the title outweighs the listing's tag. Homonyms (鼓楼区, 朝阳区) are told
// apart by the parents and neighbours that the document names, then by the folders of its source.
// A name of another time leads to the same place, or to what took it over. Townships and
// development zones have no code and give no match. The package does not read the year: that is
// header's.
package region
