// Package release publishes the tables of a run as an immutable release and verifies releases.
//
// Input: the identity of a run (versions, content options, inputs) and its rows. Output: under
// OUT, the folder releases/ID with one Parquet file per table, manifest.json and run.json, and
// latest, a relative symbolic link to it. Everything is written and synced in a staging folder
// under OUT/.state, read back by a second Parquet reader, and becomes visible by one rename; a
// process killed at any instant leaves the release before in place, and its leftovers to the
// next run. One process at a time, by a lock in OUT/.state.
//
// Reading needs no lock: a release never changes, and Resolve follows latest once.
//
// The package decides nothing about rows; pipeline/rollup and the stages make them.
package release
