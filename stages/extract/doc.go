// Package extract turns the bytes of one input into articles.
//
// Input: decompressed bytes and the name they came under. Output: articles with title, tag,
// verbatim body and publication date, rejects for whatever gives no article, and the count of
// characters that were page chrome.
//
// A text dump of a listing page gives one article per list item; site navigation, contact data
// and agreements around the items give none. Any other text is one article.
//
// Non-goals: reading files, folding or correcting text (the body stays verbatim), finding the
// region, meeting or speaker, and formats other than plain text (HTML is rejected as such).
package extract
