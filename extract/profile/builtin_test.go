package profile_test

import (
	"testing"

	"infocus/extract/profile"
)

// builtin gives the profile that ships with the program.
func builtin(t testing.TB) *profile.Profile {
	t.Helper()
	p, ok := profile.Builtin(profile.Default)
	if !ok {
		t.Fatal("the built-in profile does not load")
	}
	return p
}

func TestTheBuiltinProfileLoads(t *testing.T) {
	p := builtin(t)
	if p.Name != profile.Default || p.Location().String() != "Europe/Minsk" || len(p.Digest()) != 64 || len(p.Bytes()) == 0 {
		t.Errorf("got %q, %s, %q", p.Name, p.Location(), p.Digest())
	}
	if _, ok := profile.Builtin("nosuchsite"); ok {
		t.Error("an unknown profile was found")
	}
}
