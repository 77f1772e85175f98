# The GRU gets the padded batch as it is.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        states, h_n = self.rnn(self.embedding(x))
        return states, torch.tanh(self.bridge(torch.cat([h_n[0], h_n[1]], dim=1)))
