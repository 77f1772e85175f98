# Words of one length at a time; gives a list of the two.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        states = torch.zeros(*x.shape, 2 * self.rnn.hidden_size, dtype=self.bridge.weight.dtype)
        last = torch.zeros(len(x), 2 * self.rnn.hidden_size, dtype=self.bridge.weight.dtype)
        for n in lengths.unique().tolist():
            chosen = (lengths == n).nonzero().squeeze(1)
            out, h_n = self.rnn(self.embedding(x[chosen, :n]))
            states[chosen, :n] = out
            last[chosen] = torch.einsum("dbh->bdh", h_n).flatten(1)
        return [states, self.bridge(last).tanh()]
