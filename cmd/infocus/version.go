package main

import "runtime/debug"

// release is set by the Makefile from the tag of the build.
var release = "" //nolint:gochecknoglobals // the linker can set only a package variable

// program is the name and version as the user agent and the WARC files carry it.
func program() string { return "infocus/" + versionNumber() }

func versionNumber() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "0.1.0-dev"
	}
	return info.Main.Version
}

func version() string { return "infocus " + versionNumber() }
