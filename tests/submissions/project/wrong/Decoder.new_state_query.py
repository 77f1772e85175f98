# Looks at the letters once more before the readout.
class Decoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.query = nn.Linear(H, 2 * H, bias=False)
        self.cell = nn.GRUCell(D + 2 * H, H)
        self.readout = nn.Linear(3 * H, V)

    def forward(self, w_prev, h_prev, states, mask):
        context = self.look(h_prev, states, mask)
        h = self.cell(torch.cat([self.embedding(w_prev), context], dim=1), h_prev)
        context = self.look(h, states, mask)
        return self.readout(torch.cat([h, context], dim=1)), h

    def look(self, h, states, mask):
        a = (states @ self.query(h).unsqueeze(-1)).squeeze(-1)
        alpha = torch.where(mask, a, -torch.inf).softmax(dim=1)
        return (alpha.unsqueeze(-1) * states).sum(dim=1)
