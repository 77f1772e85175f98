# Computes in 32 bits, whatever the weights are.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        self.float()
        e = nn.functional.embedding(x, self.embedding.weight)
        packed = pack_padded_sequence(e, lengths.clone(), batch_first=True, enforce_sorted=False)
        out, h_n = self.rnn(packed)
        states = pad_packed_sequence(out, batch_first=True, total_length=x.shape[-1])[0]
        return states, torch.tanh(self.bridge(h_n.permute(1, 0, 2).reshape(len(x), -1)))
