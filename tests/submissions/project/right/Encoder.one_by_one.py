# Each word alone, without padding.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        states, starts = x.new_zeros(0), []
        B, T = x.shape
        rows = []
        for b in range(B):
            n = int(lengths[b])
            out, h_n = self.rnn(self.embedding(x[b, :n]))
            rows.append(nn.functional.pad(out, (0, 0, 0, T - n)))
            starts.append(torch.tanh(self.bridge(torch.cat([h_n[0], h_n[1]]))))
        return torch.stack(rows), torch.stack(starts)
