# Unpacks with the last state of each word as padding.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        packed = pack_padded_sequence(self.embedding(x), lengths, batch_first=True, enforce_sorted=False)
        out, h_n = self.rnn(packed)
        padded, _ = pad_packed_sequence(out, batch_first=True, total_length=x.shape[1])
        places = torch.minimum(torch.arange(x.shape[1]), lengths[:, None] - 1)
        states = torch.gather(padded, 1, places[:, :, None].expand(-1, -1, padded.shape[2]))
        return states, self.bridge(torch.cat([h_n[0], h_n[1]], dim=1)).tanh()
