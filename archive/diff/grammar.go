package diff

import (
	"strings"
	"sync"
)

// isGrammar takes the words of more than three letters that carry grammar rather than matter, in lower case.
func isGrammar(word string) bool { return grammarWords()[word] }

var grammarWords = sync.OnceValue(func() map[string]bool {
	const english = `that this these those with from into onto upon over under about have been being were will would shall which what
when where while whose whom their them they then than there here also such some other another each both very just even more
most much many only thus hence however therefore moreover furthermore meanwhile during through toward towards between among
amongst amid amidst because since until though although whether your ours itself himself herself themselves does doing done
having must should still already again`
	const russian = `этот этого этому этой этих этим этими тоже также того тому тогда затем если чтобы который которая которое которые
которого которой которых которым которыми когда пока хотя потому поэтому однако между через перед после около вокруг своего
своей своих своим свои свою него нему ними было были была будет будут быть есть лишь только даже более менее очень такой
такая такое такие таких такого весь всех всем всеми этом`
	const belarusian = `гэты гэтага гэтаму гэтай гэтых гэтым гэтая гэтае гэтыя таксама таго тады затым калі каб які якая якое якія
якога якой якіх якім якімі пакуль хаця таму аднак паміж праз перад пасля каля вакол свайго сваёй сваіх сваім свае сваю было
былі была будзе будуць быць ёсць толькі нават больш менш вельмі такі такая такое такія такіх такога увесь усіх усім ўсіх`
	all := make(map[string]bool)
	for word := range strings.FieldsSeq(english + " " + russian + " " + belarusian) {
		all[word] = true
	}
	return all
})
