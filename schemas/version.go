package schemas

// SchemaVersion changes when a reader of the tables may break.
//
//	1  the tables of contract version 1
const SchemaVersion = 1

// RulesVersion changes when the same input may give other values: a release made under other
// rules is rebuilt.
//
//	1  the first rules
const RulesVersion = 1

// ProgramVersion names the program that wrote a release.
const ProgramVersion = "0.1.0"
