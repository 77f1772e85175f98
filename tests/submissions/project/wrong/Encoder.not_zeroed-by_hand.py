# A loop over the words that repeats the last state up to T.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        rows, starts = [], []
        for tokens, length in zip(x, lengths):
            one, h_n = self.rnn(self.embedding(tokens[:length])[None])
            rows.append(torch.cat([one[0], one[0, -1:].repeat(len(tokens) - length, 1)]))
            starts.append(torch.tanh(self.bridge(h_n[:, 0].flatten())))
        return torch.stack(rows), torch.stack(starts)
