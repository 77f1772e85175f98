# A loop over the words, each without its padding.
class Decoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.query = nn.Linear(H, 2 * H, bias=False)
        self.cell = nn.GRUCell(D + 2 * H, H)
        self.readout = nn.Linear(3 * H, V)

    def forward(self, w_prev, h_prev, states, mask):
        scores, new = [], []
        for y, h, s, letters in zip(w_prev.tolist(), h_prev, states, mask):
            s = s[letters]
            alpha = (s @ self.query(h)).softmax(0)
            context = alpha @ s
            h = self.cell(torch.cat([self.embedding.weight[y], context]), h)
            scores.append(self.readout(torch.cat([h, context])))
            new.append(h)
        return torch.stack(scores), torch.stack(new)
