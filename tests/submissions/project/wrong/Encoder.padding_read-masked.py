# Reads the padding, then blots it out; the backward direction has come through it.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        states, h_n = self.rnn(self.embedding(x))
        letters = torch.arange(x.shape[1]) < lengths.unsqueeze(1)
        states = states * letters.unsqueeze(2)
        H = self.rnn.hidden_size
        rows = torch.arange(x.shape[0])
        forward = states[rows, lengths - 1, :H]
        backward = states[rows, 0, H:]
        return states, torch.tanh(self.bridge(torch.cat([forward, backward], dim=1)))
