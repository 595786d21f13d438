package diff

// Diff is what changed from one revision to another. Its JSON is described in docs/diff.md.
type Diff struct {
	ID         string        `json:"id"`
	From       int           `json:"from"` // revision numbers
	To         int           `json:"to"`
	FromID     string        `json:"from_revision_id"`
	ToID       string        `json:"to_revision_id"`
	Class      Class         `json:"class"`      // the heaviest of all changes; None where nothing differs
	Fields     []FieldChange `json:"fields"`     // never nil; headline, trend, section, period_text, authors
	Body       []Op          `json:"body"`       // never nil; lead and body as one text
	Similarity float64       `json:"similarity"` // share of the words of both texts that stayed, 0 to 1
	Words      Words         `json:"words"`
	TakenDown  bool          `json:"taken_down"` // since the older revision, whether it came back or not
}

// FieldChange is a field that has a value on both sides and differs.
type FieldChange struct {
	Field string `json:"field"` // key of the record
	From  string `json:"from"`  // authors: joined with ", "
	To    string `json:"to"`
	Class Class  `json:"class"`
}

// Words counts the words of the two texts.
type Words struct {
	From     int `json:"from"`
	To       int `json:"to"`
	Deleted  int `json:"deleted"`  // of From, not in To
	Inserted int `json:"inserted"` // of To, not in From
	Moved    int `json:"moved"`    // of To, unchanged but at another place
}

// OpKind says what happened to a piece of text.
type OpKind string

// What a replace of white space only does to paragraphs.
const (
	BreakSplit = "split"
	BreakMerge = "merge"
)

// The kinds of operation.
const (
	OpEqual   OpKind = "equal"
	OpInsert  OpKind = "insert"
	OpDelete  OpKind = "delete"
	OpReplace OpKind = "replace"
	OpMove    OpKind = "move"
)

// Op is one operation on the text. The operations of a diff stand in reading order. The old text is the Text of every
// equal and delete and the From of every replace and move, joined as they are; the new text is the Text of every equal and
// insert and the To of every replace and move. A move stands twice: where it left (only From) and where it arrived (only To).
type Op struct {
	Kind  OpKind `json:"op"`
	Text  string `json:"text,omitempty"` // of equal, insert and delete
	From  string `json:"from,omitempty"` // of replace, and of a move where it left
	To    string `json:"to,omitempty"`   // of replace, and of a move where it arrived
	Class Class  `json:"class,omitempty"`
	Move  int    `json:"move,omitempty"`  // number of the move, the same at both places, from 1
	Break string `json:"break,omitempty"` // "split" or "merge": this replace only puts in or takes out a paragraph break
	Edits []Op   `json:"edits,omitempty"` // of a move where it arrived: what changed on the way, if anything did
}
