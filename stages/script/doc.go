// Package script folds traditional characters to simplified ones, in which all rules are written.
//
// Input: a text. Output: the text with every character where it was, in bytes and in code points,
// so that a place found in the one is the same place in the other.
//
// Non-goals: words are not translated (資訊 stays 资讯), and of several simplified forms the
// commonest stands for all. traditional.txt holds the pairs, from Unicode's Unihan
// (kSimplifiedVariant; see NOTICE), whose first is no character of GB 2312 and whose second is
// one, and forms that Unihan does not pair, such as 産.
package script
