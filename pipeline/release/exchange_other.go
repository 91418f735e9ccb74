//go:build !linux

package release

import "errors"

// exchange swaps two paths in one step; only Linux can.
func exchange(_, _ string) error { return errors.ErrUnsupported }
