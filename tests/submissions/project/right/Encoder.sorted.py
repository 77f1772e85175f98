# Sorts by length and turns the order back; lengths as a list; padding_idx, which changes gradients alone.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D, padding_idx=0)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        order = torch.argsort(lengths, descending=True)
        back = torch.argsort(order)
        packed = pack_padded_sequence(self.embedding(x[order]), lengths[order].tolist(), batch_first=True)
        out, h_n = self.rnn(packed)
        states, _ = pad_packed_sequence(out, batch_first=True, total_length=x.shape[1])
        h_n = h_n[:, back]
        return states[back], torch.tanh(self.bridge(torch.hstack([h_n[0], h_n[1]])))
