package main

import (
	"fmt"
	"strconv"
	"strings"
)

// parseSize reads a size such as 256MiB, 2GB or 1000000 (bytes). Zero gives -1, for no bound.
func parseSize(flag, s string) (int64, error) {
	units := []struct {
		name  string
		bytes int64
	}{
		{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"tib", 1 << 40},
		{"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"tb", 1e12},
		{"k", 1 << 10}, {"m", 1 << 20}, {"g", 1 << 30}, {"t", 1 << 40}, {"b", 1}, {"", 1},
	}
	text := strings.ToLower(strings.ReplaceAll(s, " ", ""))
	for _, u := range units {
		number, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || n < 0 {
			break
		}
		if n == 0 {
			return -1, nil
		}
		return int64(n * float64(u.bytes)), nil
	}
	return 0, usageErrorf("%s %q: want a size such as 256MiB or 2GB", flag, s)
}

// sizeText prints a number of bytes for people.
func sizeText(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
