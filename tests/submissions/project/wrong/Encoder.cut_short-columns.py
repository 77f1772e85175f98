# Cuts the batch to the longest word first.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        longest = int(lengths.max())
        rows = []
        for b in range(len(x)):
            out, _ = self.rnn(self.embedding(x[b : b + 1, : lengths[b]]))
            rows.append(out[0])
        states = pad_sequence(rows, batch_first=True)
        assert states.shape[1] == longest
        H = self.rnn.hidden_size
        ends = torch.stack([torch.cat([row[-1, :H], row[0, H:]]) for row in rows])
        return states, torch.tanh(self.bridge(ends))
